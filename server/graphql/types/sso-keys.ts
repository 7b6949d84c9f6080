// Our own keys in single sign-on: what signs requests and opens encrypted assertions, and how one takes over from another.
import { removeSpKey } from '#server/domain/sso/remove-sp-key.ts'
import { rotateSpKey } from '#server/domain/sso/rotate-sp-key.ts'
import { storedCertificate } from '#server/domain/sso/read-certificate.ts'
import { ssoAddresses } from '#server/domain/sso/rules/connection.ts'
import { keyMissingText } from '#server/domain/sso/rules/key-missing.ts'
import { builder } from '../builder.ts'
import { ConflictProblem, ForbiddenProblem, NotFoundProblem } from '../problems.ts'
import { resultOf } from '../result.ts'
import { change, payload } from './sso-change.ts'
import { Sso } from './sso.ts'

interface OwnKey {
  readonly certificate: string
  readonly createdAt: Date
  readonly signs: boolean
}

const SsoKey = builder.objectRef<OwnKey>('SsoKey').implement({
  description: 'A key of our own. Its private half never leaves the server.',
  authScopes: { may: 'sso:read' },
  fields: t => ({
    fingerprint: t.string({
      description: 'SHA-256 fingerprint of its certificate, to compare with what the identity provider has.',
      resolve: ({ certificate }) => storedCertificate(certificate).fingerprint,
    }),
    signs: t.exposeBoolean('signs', {
      description: 'Whether requests are signed with it; true for the oldest. All of them open assertions.',
    }),
    validTo: t.field({
      type: 'DateTime',
      description: 'When its certificate ends.',
      resolve: ({ certificate }) => storedCertificate(certificate).validTo,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
})

builder.objectFields(Sso, t => ({
  signRequests: t.boolean({
    description: 'Whether requests to the identity provider are signed.',
    resolve: ({ row }, _args, { call }) => row?.signRequests ?? call.org.vault !== null,
  }),
  allowCbc: t.boolean({
    description: 'Whether assertions may be encrypted with AES-CBC beside AES-GCM.',
    resolve: ({ row }) => row?.allowCbc ?? false,
  }),
  keyMissing: t.string({
    nullable: true,
    description: 'Null when a key of our own can be kept; else the sentence that says what to do.',
    resolve: (_view, _args, { call }) => (call.org.vault === null ? keyMissingText : null),
  }),
  keys: t.field({
    type: [SsoKey],
    description: 'Our own keys, the oldest first; two during a change-over, none before one was needed.',
    resolve: async ({ organization }, _args, { call }) => {
      const rows = await call.org.db.samlKey.findMany({
        where: { orgId: organization.id },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map((row, index) => ({ ...row, signs: index === 0 }))
    },
  }),
  certificateUrl: t.string({
    description: 'The certificate of our newest key, as PEM: a download. The metadata has it, too.',
    resolve: ({ organization }, _args, { call }) =>
      ssoAddresses(call.settings.publicUrl, organization.id).certificateUrl,
  }),
}))

builder.mutationField('rotateSsoKey', t =>
  t.field({
    type: payload('RotateSsoKeyPayload', 'The new key stands beside the old one.'),
    description:
      'Begins a change of our own key. Both are in our metadata and open assertions; the old one signs until it is removed.',
    authScopes: { may: 'sso:write' },
    errors: resultOf('RotateSsoKey', [ForbiddenProblem, ConflictProblem]),
    resolve: (_root, _args, { call }) => change(call, () => rotateSpKey(call.org)),
  }),
)

const RemoveSsoKeyInput = builder.inputType('RemoveSsoKeyInput', {
  description: 'The key that is no longer used.',
  fields: t => ({
    fingerprint: t.string({ required: true, description: 'Its fingerprint, as `keys` shows it.' }),
  }),
})

builder.mutationField('removeSsoKey', t =>
  t.field({
    type: payload('RemoveSsoKeyPayload', 'The key neither signs nor opens anything any more.'),
    description: 'Ends a change of our own key; the last one stays.',
    authScopes: { may: 'sso:write' },
    args: { input: t.arg({ type: RemoveSsoKeyInput, required: true, description: 'Which one.' }) },
    errors: resultOf('RemoveSsoKey', [ForbiddenProblem, NotFoundProblem, ConflictProblem]),
    resolve: (_root, { input }, { call }) => change(call, () => removeSpKey(call.org, input)),
  }),
)
