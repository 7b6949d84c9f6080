// Two questions of whoever watches the server: is the process alive, and may it get requests.
import type { FastifyPluginAsync } from 'fastify'

const readyWithin = 1_000

/** `GET /healthz` (the process, never the database) and `GET /readyz` (the database answers within a second). */
export function healthRoutes(ping: () => Promise<void>): FastifyPluginAsync {
  return async app => {
    app.get('/healthz', (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }))
    app.get('/readyz', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      const ready = await answersInTime(ping)
      return ready
        ? reply.send({ status: 'ready' })
        : reply.code(503).header('retry-after', '5').send({ status: 'waiting for the database' })
    })
    await app.after()
  }
}

async function answersInTime(ping: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, readyWithin, false)
  })
  const pong = ping().then(
    () => true,
    () => false,
  )
  const ready = await Promise.race([pong, late])
  clearTimeout(timer)
  return ready
}
