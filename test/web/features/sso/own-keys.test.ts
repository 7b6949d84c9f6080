// Our own key in the console: why requests cannot be signed, and the change to the next key.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import OwnKeys from '#web/features/sso/OwnKeys.vue'
import ProviderSection from '#web/features/sso/ProviderSection.vue'
import { show } from '#test/web/show.ts'
import { nothingSaved, saved } from './sso-sample.ts'

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

test('without a master key requests cannot be signed, and the reason stands at the switch', async () => {
  const keyMissing = 'Ask your Rollcall operator to set MASTER_KEY.'
  await show(ProviderSection, { props: { sso: { ...nothingSaved, signRequests: false, keyMissing } } })
  const signing = screen.getByRole<HTMLButtonElement>('switch', { name: 'Sign requests', hidden: true })
  expect(signing.disabled).toBe(true)
  expect(screen.getByText(keyMissing)).toBeTruthy()
})

test('our key is changed: the new one is made, the old one removed after asking', async () => {
  const asked: string[] = []
  const key = { fingerprint: 'AA:11', signs: true, createdAt: '2026-01-01T00:00:00.000Z' }
  const sso = { ...saved, keys: [key] }
  const answer = ({ name, variables }: { name: string; variables: Record<string, unknown> }) => {
    asked.push(`${name} ${JSON.stringify(variables)}`)
    return name === 'RotateSsoKey'
      ? { rotateSsoKey: { __typename: 'RotateSsoKeyPayload', sso: { status: 'DRAFT' } } }
      : { removeSsoKey: { __typename: 'RemoveSsoKeyPayload', sso: { status: 'DRAFT' } } }
  }
  const one = await show(OwnKeys, { props: { sso }, answer })
  await press('Change key')
  await waitFor(() => {
    expect(asked).toEqual(['RotateSsoKey {}'])
  })
  one.unmount()
  const keys = [key, { ...key, fingerprint: 'BB:22', signs: false }]
  await show(OwnKeys, { props: { sso: { ...saved, keys } }, answer })
  expect(screen.queryByRole('button', { name: 'Change key' })).toBeNull()
  await press('Remove old key')
  const dialog = await screen.findByRole('dialog', { name: 'Remove the old key?' })
  await fireEvent.submit(dialog.querySelector('form')!)
  await waitFor(() => {
    expect(asked[1]).toBe('RemoveSsoKey {"input":{"fingerprint":"AA:11"}}')
  })
})
