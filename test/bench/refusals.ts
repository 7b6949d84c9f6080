// The phase about refusals: requests that were made to hurt, each sent several times, and how long the worst waits.
import { request as send } from 'node:http'
import { urn } from '#server/scim/index.ts'
import { between, read } from './cpu.ts'
import type { Measured, PhaseResult } from './measure.ts'

interface Hostile {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly body?: string | Buffer
}

const times = 7
const megabyte = 'a'.repeat(1_000_000)
const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth)
const filtered = (filter: string): string => `/Users?filter=${encodeURIComponent(filter)}`
const searched = (filter: string): string => JSON.stringify({ schemas: [urn.searchRequest], filter })
const patched = (path: string, value: unknown): string =>
  JSON.stringify({ schemas: [urn.patchOp], Operations: [{ op: 'replace', path, value }] })
const schemas = `"schemas":["${urn.user}"]`
const search = (name: string, filter: string): Hostile => ({
  name,
  method: 'POST',
  path: '/Users/.search',
  body: searched(filter),
})
const creation = (name: string, body: string | Buffer): Hostile => ({
  name,
  method: 'POST',
  path: '/Users',
  body,
})

function hostiles(id: string): Hostile[] {
  const patch = (name: string, path: string, value: unknown): Hostile => ({
    name,
    method: 'PATCH',
    path: `/Users/${id}`,
    body: patched(path, value),
  })
  const ands = Array.from({ length: 20_000 }, () => 'title eq "x"').join(' and ')
  return [
    search('10,000 parentheses', deep('(', ')', 10_000)),
    search('10,000 open parentheses', '('.repeat(10_000)),
    search('10,000 times not', 'not ('.repeat(10_000) + 'title pr' + ')'.repeat(10_000)),
    search('10,000 brackets', 'emails['.repeat(10_000)),
    search('20,000 comparisons', ands),
    search('a filter of 1 MB', `userName eq "${megabyte}"`),
    search('a megabyte of quotes', `userName eq "${'\\"'.repeat(400_000)}`),
    { name: 'a long address', method: 'GET', path: filtered('('.repeat(4_000)) },
    { name: 'an address of no text', method: 'GET', path: '/Users?filter=%ff%fe' },
    { name: 'an unknown person', method: 'GET', path: '/Users/nobody' },
    creation('JSON 150,000 deep', deep('[', ']', 150_000)),
    creation('objects 150,000 deep', `{${schemas},"name":${deep('{"a":', '}', 150_000).replace('}', '1}')}}`),
    creation('a name of 1 MB', `{${schemas},"userName":"${megabyte}"}`),
    creation('a value of 1 MB', `{${schemas},"userName":"x@example.com","title":"${megabyte}"}`),
    creation('__proto__', `{${schemas},"__proto__":{"userName":"x"},"constructor":{"prototype":{}}}`),
    creation('100,000 attributes', `{${schemas},${manyAttributes(100_000)}}`),
    creation(
      'no UTF-8',
      Buffer.concat([Buffer.from(`{${schemas},"userName":"`), Buffer.alloc(100_000, 0xff)]),
    ),
    creation('no JSON', '{"'.repeat(100_000)),
    patch('a path of 1 MB', `emails[value eq "${megabyte}"].value`, 'x'),
    patch('a path of 10,000 parentheses', `emails[${'('.repeat(10_000)}]`, 'x'),
    patch('a path to __proto__', '__proto__.polluted', 'x'),
    {
      name: 'no Bulk',
      method: 'POST',
      path: '/Bulk',
      body: JSON.stringify({ Operations: deepList(20_000) }),
    },
  ]
}

function manyAttributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `"a${String(index)}":1`).join(',')
}

function deepList(count: number): object[] {
  return Array.from({ length: count }, () => ({ method: 'POST', path: '/Users' }))
}

/**
 * Times are those of the median of each request's sendings; `note` names the slowest. An answer of 2xx or 5xx, or one
 * that is no SCIM error, counts as an error.
 */
export async function measureRefusals(measured: Measured): Promise<PhaseResult> {
  const medians: { name: string; ms: number }[] = []
  const errors: string[] = []
  const own = measured.pid === null ? [] : [measured.pid]
  const before = read([...own, ...(await measured.backends())])
  const started = performance.now()
  const all = hostiles(measured.population.stored[0]?.id ?? 'nobody')
  for (const hostile of all) {
    const waits: number[] = []
    for (let time = 0; time < times; time += 1) {
      const answer = await throwAt(measured, hostile)
      waits.push(answer.ms)
      if (!answer.refused)
        errors.push(`${hostile.name}: ${String(answer.status)} ${answer.text.slice(0, 200)}`)
    }
    waits.sort((one, other) => one - other)
    medians.push({ name: hostile.name, ms: waits[Math.floor(times / 2)] ?? 0 })
  }
  const requests = all.length * times
  const used = between(before, read([...own, ...(await measured.backends())]))
  const seconds = (performance.now() - started) / 1_000
  medians.sort((one, other) => one.ms - other.ms)
  const slowest = medians.slice(-4).reverse()
  return {
    cpuMs: measured.pid === null ? null : used / requests,
    databaseMs: null,
    perSecond: requests / seconds,
    medianMs: medians[Math.floor(medians.length / 2)]?.ms ?? 0,
    p95Ms: slowest[0]?.ms ?? 0,
    errors: errors.length,
    firstError: errors[0] ?? null,
    note: `the slowest refusals: ${slowest.map(({ name, ms }) => `${name} ${ms.toFixed(0)} ms`).join(', ')}`,
  }
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly ms: number
  readonly refused: boolean
}

/** From the last byte sent to the end of the answer, or from the beginning when the answer comes before. */
function throwAt({ target }: Measured, hostile: Hostile): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${target.token}`,
    'content-type': 'application/scim+json',
    ...(hostile.body === undefined ? {} : { 'content-length': Buffer.byteLength(hostile.body) }),
  }
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const request = send(
      `${target.baseUrl}${hostile.path}`,
      { method: hostile.method, headers },
      response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const [status, text] = [response.statusCode ?? 0, Buffer.concat(chunks).toString()]
          const refused = status >= 400 && status < 500 && text.includes(urn.error)
          resolve({ status, text, ms: performance.now() - started, refused })
        })
      },
    )
    request.on('error', reject)
    request.end(hostile.body)
  })
}
