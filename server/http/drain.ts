// The end of the server: connections that clients keep open for later must not hold it up.
import type { FastifyPluginAsync } from 'fastify'

/** How often connections are let go whose last answer has been sent, in milliseconds. */
const sweep = 50

/**
 * While the app closes, answers tell clients to leave (`Connection: close`), and connections that have nothing to
 * wait for are closed. Node does the latter only once, so that a busy client's connection would outlive its answer.
 */
export function drain(): FastifyPluginAsync {
  const plugin: FastifyPluginAsync = async app => {
    let closing = false
    app.addHook('onSend', (_request, reply, payload) => {
      if (closing) reply.header('connection', 'close')
      return Promise.resolve(payload)
    })
    app.addHook('preClose', done => {
      closing = true
      const timer = setInterval(() => {
        app.server.closeIdleConnections()
      }, sweep)
      app.server.once('close', () => {
        clearInterval(timer)
      })
      // Without a port there is no server to close and nothing to sweep.
      if (!app.server.listening) clearInterval(timer)
      done()
    })
    await app.after()
  }
  return Object.assign(plugin, { [Symbol.for('skip-override')]: true })
}
