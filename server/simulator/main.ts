// npm run simulate: plays an identity provider's full cycle against a SCIM server.
import { simulate } from './simulate.ts'

const stop = new AbortController()
process.once('SIGINT', () => {
  stop.abort()
})
process.once('SIGTERM', () => {
  stop.abort()
})

process.exitCode = await simulate(process.argv.slice(2), {
  say: text => {
    console.log(text)
  },
  signal: stop.signal,
})
