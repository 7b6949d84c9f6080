// The console's built files, and its start page for every address that is one of its routes.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync } from 'fastify'

/** Serves `folder`; hashed assets are kept by browsers for a year, the start page never. */
export function consoleFiles(folder: string): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async app => {
    if (!existsSync(join(folder, 'index.html'))) return
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      // The build leaves a packed twin beside each text file.
      preCompressed: true,
      setHeaders: (reply, path) => {
        const forever = path.includes('/assets/')
        reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
    app.setNotFoundHandler((request, reply) => {
      const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
      if (page) return reply.header('cache-control', 'no-cache').sendFile('index.html')
      return reply.code(404).send({ error: 'There is nothing at this address.' })
    })
  }
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
