// Prometheus metrics, for the operator or from this machine only.
import { timingSafeEqual } from 'node:crypto'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** `GET /metrics`, and a histogram of request times by route and status. */
export function metricsRoutes(operatorKey: string | undefined): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async app => {
    const registry = new Registry()
    collectDefaultMetrics({ register: registry })
    const seconds = new Histogram({
      name: 'rollcall_request_seconds',
      help: 'Time from the first byte of a request to the last of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers: [registry],
    })
    app.addHook('onResponse', (request, reply, done) => {
      const route = request.routeOptions.url ?? 'unknown'
      seconds.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
      done()
    })
    app.get('/metrics', async (request, reply) => {
      if (!isAllowed(request, operatorKey)) return reply.code(401).send({ error: 'Send the operator key.' })
      return reply.type(registry.contentType).send(await registry.metrics())
    })
    await app.after()
  }
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}

function isAllowed(request: FastifyRequest, operatorKey: string | undefined): boolean {
  const given = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (given !== undefined && operatorKey !== undefined) {
    const [one, other] = [Buffer.from(given), Buffer.from(operatorKey)]
    return one.length === other.length && timingSafeEqual(one, other)
  }
  const direct = request.headers['x-forwarded-for'] === undefined
  return direct && loopback.has(request.socket.remoteAddress ?? '')
}
