// User provisioning waits for single sign-on where the operator demands it, and leads there.
import { screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import ProvisioningPage from '#web/pages/ProvisioningPage.vue'
import { show } from '#test/web/show.ts'

const lockedReason = 'Set up single sign-on first.'

/** What the server tells someone with or without the right to set single sign-on up. */
const answers = (manageSso: boolean) => (name: string) => {
  if (name === 'Viewer')
    return {
      viewer: {
        __typename: 'Viewer',
        kind: 'PERSON',
        user: { __typename: 'User', id: 'u', displayName: 'Ada', email: 'ada@acme.example', role: 'ADMIN' },
        organization: null,
        permissions: { __typename: 'Permissions', manageSso, manageProvisioning: true },
      },
    }
  if (name !== 'Provisioning') return undefined
  const provisioning = { __typename: 'Provisioning', lockedReason, health: { notLinked: 0 } }
  return {
    organization: {
      ...{ __typename: 'Organization', id: 'o', name: 'Acme', provisioning },
      entitlements: { __typename: 'Entitlements', scim: true },
      userCounts: { __typename: 'StatusCounts', pending: 0, active: 1, deactivated: 0 },
    },
  }
}

test.each([
  [true, '/login/single-sign-on'],
  [false, undefined],
])('the locked page says why and leads to single sign-on (may set it up: %s)', async (may, target) => {
  const answer = answers(may)
  await show(ProvisioningPage, { answer: ({ name }) => answer(name) })
  expect(await screen.findByText(lockedReason)).toBeTruthy()
  expect(screen.queryByRole('switch')).toBeNull()
  const link = screen.queryByRole('link', { name: 'Go to single sign-on' })
  expect(link?.getAttribute('href') ?? undefined).toBe(target)
})
