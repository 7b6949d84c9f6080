// SimpleSAMLphp as an identity provider, in PHP's own server, configured by files in a folder of its own.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newIdpKey } from '#test/support/saml-pen.ts'
import { freePort } from '#test/support/server-process.ts'

/** What an admin enters there about an application. */
export interface Application {
  readonly entityId: string
  readonly acsUrl: string
  /** Base64 of DER. */
  readonly certificate: string
  readonly encrypt: boolean
}

export interface SimpleSamlPhp {
  readonly metadataUrl: string
  /** Its people, whose password is `secret`, and its applications, from now on. */
  readonly know: (what: { people: readonly string[]; applications: readonly Application[] }) => void
  readonly log: () => string
  readonly close: () => Promise<void>
}

/** `home` is where it is installed: `/usr/share/simplesamlphp` with Debian's package. */
export async function startSimpleSamlPhp(home: string): Promise<SimpleSamlPhp> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-simplesamlphp-'))
  for (const name of ['config', 'metadata', 'cert', 'log', 'data', 'tmp', 'sessions'])
    mkdirSync(join(folder, name))
  const write = (name: string, text: string): void => {
    writeFileSync(join(folder, name), text)
  }
  const { key, cert } = newIdpKey()
  write('cert/idp.pem', key)
  write('cert/idp.crt', cert)
  const origin = `http://127.0.0.1:${await freePort()}`
  write('config/config.php', assigned('config', configOf(folder, origin)))
  write('metadata/saml20-idp-hosted.php', entries([['https://idp.example/simplesaml', hosted]]))
  const php = spawn('php', ['-S', new URL(origin).host, '-t', join(home, 'www')], {
    env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: join(folder, 'config') },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  const ended = new Promise<void>(resolve =>
    php.once('close', () => {
      resolve()
    }),
  )
  const listens = new Promise<void>((resolve, reject) => {
    php.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString()
      if (log.includes('started')) resolve()
    })
    php.once('error', reject)
    php.once('close', () => {
      reject(new Error(`PHP ended:\n${log}`))
    })
  })
  await listens
  return {
    metadataUrl: `${origin}/saml2/idp/metadata.php`,
    log: () => log,
    know: ({ people, applications }) => {
      const accounts = people.map(mail => [`${mail}:secret`, { mail: [mail] }])
      const source = { 0: 'exampleauth:UserPass', ...(Object.fromEntries(accounts) as object) }
      write('config/authsources.php', assigned('config', { people: source }))
      write(
        'metadata/saml20-sp-remote.php',
        entries(applications.map(application => [application.entityId, remote(application)])),
      )
    },
    close: async () => {
      php.kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function configOf(folder: string, origin: string): object {
  const at = (name: string): string => join(folder, name, '/')
  return {
    baseurlpath: `${origin}/`,
    certdir: at('cert'),
    loggingdir: at('log'),
    datadir: at('data'),
    tempdir: at('tmp'),
    metadatadir: at('metadata'),
    secretsalt: 'not the default',
    'auth.adminpassword': 'not the default either',
    timezone: 'UTC',
    'logging.handler': 'file',
    'enable.saml20-idp': true,
    'module.enable': { exampleauth: true, core: true, saml: true },
    'session.cookie.secure': false,
    'language.cookie.secure': false,
    'session.phpsession.savepath': at('sessions'),
    'store.type': 'phpsession',
    'metadata.sources': [{ type: 'flatfile' }],
    'authproc.idp': [],
  }
}

const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'

/** Demands signed questions, and signs both parts of its answers. */
const hosted = {
  host: '__DEFAULT__',
  privatekey: 'idp.pem',
  certificate: 'idp.crt',
  auth: 'people',
  NameIDFormat: format,
  'saml20.sign.response': true,
  'saml20.sign.assertion': true,
  'redirect.validate': true,
  'validate.authnrequest': true,
  authproc: { 3: { class: 'saml:AttributeNameID', attribute: 'mail', Format: format } },
}

function remote({ acsUrl, certificate, encrypt }: Application): object {
  const key = { type: 'X509Certificate', signing: true, encryption: true, X509Certificate: certificate }
  return { AssertionConsumerService: acsUrl, keys: [key], 'assertion.encryption': encrypt }
}

function assigned(name: string, value: object): string {
  return `<?php\n$${name} = ${php(value)};\n`
}

function entries(named: readonly (readonly [name: string, value: object])[]): string {
  return `<?php\n${named.map(([name, value]) => `$metadata[${php(name)}] = ${php(value)};\n`).join('')}`
}

/** A value as PHP writes it down. */
function php(value: unknown): string {
  if (typeof value === 'string') return `'${value.replace(/[\\']/g, String.raw`\$&`)}'`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(php).join(', ')}]`
  const pairs = Object.entries(value).map(
    ([key, inside]) => `${/^\d+$/.test(key) ? key : php(key)} => ${php(inside)}`,
  )
  return `[${pairs.join(', ')}]`
}
