// The words behind `npm run simulate --`.
import { Complaint } from './complaint.ts'

export const providerNames = ['entra', 'okta', 'onelogin'] as const
export type ProviderName = (typeof providerNames)[number]

export interface Arguments {
  /** `{public origin}/scim/v2/{organization id}`, without trailing slash. */
  readonly baseUrl: string
  readonly token: string
  readonly idp: ProviderName
  readonly people: number
  /** Requests under way at once. */
  readonly parallel: number
}

export const usage =
  'npm run simulate -- --base-url URL --token TOKEN --idp entra|okta|onelogin [--people 200] [--parallel 4]'
const known = ['base-url', 'token', 'idp', 'people', 'parallel'] as const
type Name = (typeof known)[number]

/** Reads the arguments, `--name value` or `--name=value`. Throws `Complaint` with one sentence. */
export function parseArguments(words: readonly string[]): Arguments {
  const given = collect(words)
  return {
    baseUrl: baseUrlOf(given.get('base-url')),
    token:
      given.get('token') ?? missing('--token', 'Generate one in Rollcall under Login > User provisioning.'),
    idp: providerOf(given.get('idp') ?? 'entra'),
    people: countOf(given, { name: 'people', otherwise: 200, most: 100_000 }),
    parallel: countOf(given, { name: 'parallel', otherwise: 4, most: 64 }),
  }
}

function collect(words: readonly string[]): Map<Name, string> {
  const given = new Map<Name, string>()
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const [, written = '', inline] = /^--([a-z-]+)(?:=(.*))?$/.exec(word) ?? []
    const name = known.find(candidate => candidate === written)
    if (name === undefined) throw new Complaint(`"${word}" is not known. Use: ${usage}`)
    const value = inline ?? words[(at += 1)]
    if (value === undefined || value === '' || value.startsWith('--')) {
      throw new Complaint(`--${name} needs a value. Use: ${usage}`)
    }
    given.set(name, value)
  }
  return given
}

function baseUrlOf(text: string | undefined): string {
  const url = text ?? missing('--base-url', 'Copy it in Rollcall under Login > User provisioning.')
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Complaint(
      `--base-url "${url}" is no http(s) address. Copy it in Rollcall under Login > User provisioning.`,
    )
  }
  return url.replace(/\/+$/, '')
}

function providerOf(text: string): ProviderName {
  const name = providerNames.find(candidate => candidate === text)
  if (name === undefined)
    throw new Complaint(`--idp "${text}" is not known. Choose one of: ${providerNames.join(', ')}.`)
  return name
}

function countOf(given: Map<Name, string>, rule: { name: Name; otherwise: number; most: number }): number {
  const text = given.get(rule.name)
  if (text === undefined) return rule.otherwise
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= rule.most) return count
  throw new Complaint(`--${rule.name} must be a whole number from 1 to ${rule.most.toLocaleString('en')}.`)
}

function missing(name: string, remedy: string): never {
  throw new Complaint(`${name} is missing. ${remedy}`)
}
