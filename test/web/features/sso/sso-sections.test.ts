// Setting single sign-on up, testing, enforcing and ending it, as an admin does it.
import { fireEvent, screen, waitFor, within } from '@testing-library/vue'
import { expect, test, vi } from 'vitest'
import EndSection from '#web/features/sso/EndSection.vue'
import EnforceSection from '#web/features/sso/EnforceSection.vue'
import ProviderSection from '#web/features/sso/ProviderSection.vue'
import SsoTest from '#web/features/sso/SsoTest.vue'
import { show } from '#test/web/show.ts'
import { certificate, nothingSaved, saved } from './sso-sample.ts'

const type = async (label: string, text: string) =>
  fireEvent.update(await screen.findByLabelText(label), text)
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const submit = (name: string) => fireEvent.submit(screen.getByRole('button', { name }).closest('form')!)

test('the identity provider is saved by hand; what is missing is said at its field', async () => {
  const sent: unknown[] = []
  await show(ProviderSection, {
    props: { sso: nothingSaved },
    answer: ({ variables }) => {
      sent.push(variables['input'])
      return { configureSso: { __typename: 'ConfigureSsoPayload', sso: { status: 'DRAFT' } } }
    },
  })
  await type('Entity ID', 'https://idp.example/entity')
  await submit('Save')
  expect(screen.getByText('Paste the sign-in URL; it begins with https://.')).toBeTruthy()
  expect(screen.getByText('Paste the certificate of the identity provider, or choose its file.')).toBeTruthy()
  expect(sent).toEqual([])
  await type('Sign-in URL', 'https://idp.example/sso')
  await type('X.509 certificate', 'MIIC')
  await submit('Save')
  expect(sent).toMatchObject([{ entityId: 'https://idp.example/entity', certificates: ['MIIC'] }])
})

test('metadata fills the form in and saves nothing by itself; a demand for signed requests switches them on', async () => {
  const asked: string[] = []
  await show(ProviderSection, {
    props: { sso: { ...nothingSaved, signRequests: false } },
    answer: ({ name }) => {
      asked.push(name)
      return {
        readSsoMetadata: {
          __typename: 'ReadSsoMetadataPayload',
          entityId: 'https://idp.example/entity',
          signInUrl: 'https://idp.example/sso',
          certificates: [{ __typename: 'SsoCertificate', ...certificate, state: 'EXPIRING', daysLeft: 12 }],
          wantsSignedRequests: true,
        },
      }
    },
  })
  await type('Metadata URL', 'https://idp.example/metadata')
  await submit('Fetch')
  expect(await screen.findByText('CN=idp.example')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Entity ID').value).toBe('https://idp.example/entity')
  expect(screen.getByText('Expires in 12 days')).toBeTruthy()
  expect(screen.getByText(/demands signed requests/)).toBeTruthy()
  expect(
    screen.getByRole('switch', { name: 'Sign requests', hidden: true }).getAttribute('aria-checked'),
  ).toBe('true')
  expect(screen.getByText('Not saved yet')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Add certificate' })).toBeNull()
  expect(asked).toEqual(['ReadSsoMetadata'])
})

test('leaving with unsaved details asks first', async () => {
  const { router } = await show(ProviderSection, { props: { sso: saved }, path: '/login/single-sign-on' })
  await type('Entity ID', 'https://idp.example/other')
  expect(screen.getByText('1 unsaved change')).toBeTruthy()
  void router.push('/users')
  const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' })
  expect(router.currentRoute.value.path).toBe('/login/single-sign-on')
  await fireEvent.submit(dialog.querySelector('form')!)
  await waitFor(() => {
    expect(router.currentRoute.value.path).toBe('/users')
  })
})

test('the words of the server stand at the certificate they are about', async () => {
  await show(ProviderSection, {
    props: { sso: nothingSaved },
    answer: () => ({
      configureSso: {
        __typename: 'InvalidInputError',
        message: 'Not saved.',
        code: 'sso/bad-certificate',
        fields: [{ path: 'input.certificates.0', message: 'This is no certificate.' }],
      },
    }),
  })
  await type('Entity ID', 'x')
  await type('Sign-in URL', 'https://idp.example/sso')
  await type('X.509 certificate', 'nonsense')
  await submit('Save')
  expect(await screen.findByText('This is no certificate.')).toBeTruthy()
})

test('with two certificates either can be removed after a question; with one it can only be added to', async () => {
  const sent: unknown[] = []
  const second = { ...certificate, fingerprint: 'DD:EE', subject: 'CN=next', body: 'MIIE' }
  await show(ProviderSection, {
    props: { sso: { ...saved, certificates: [certificate, second] } },
    answer: ({ variables }) => {
      sent.push(variables['input'])
      return { removeSsoCertificate: { __typename: 'RemoveSsoCertificatePayload', sso: { status: 'DRAFT' } } }
    },
  })
  expect(screen.queryByRole('button', { name: 'Add certificate' })).toBeNull()
  await press('Remove CN=next')
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('Sign-ins signed by “CN=next” are refused')
  await fireEvent.submit(dialog.querySelector('form')!)
  await waitFor(() => {
    expect(sent).toEqual([{ fingerprint: 'DD:EE' }])
  })
})

test('a test opens its own tab, and what it said appears when the server knows it', async () => {
  const tab = { opener: {}, location: { href: '' }, close: vi.fn() }
  const openTab = vi.spyOn(globalThis, 'open').mockReturnValue(tab as unknown as Window)
  const looks = vi.fn()
  await show(SsoTest, {
    props: { sso: saved, onLook: looks },
    answer: () => ({
      testSso: {
        __typename: 'TestSsoPayload',
        url: 'https://rollcall.example/saml/o/test/t',
        expiresAt: new Date(Date.now() + 600_000).toISOString(),
      },
    }),
  })
  await press('Test Connection')
  expect(await screen.findByText('Waiting for the test in the other tab…')).toBeTruthy()
  expect(openTab).toHaveBeenCalledOnce()
  expect(tab.opener).toBeNull()
  expect(tab.location.href).toBe('https://rollcall.example/saml/o/test/t')
  expect(looks).toHaveBeenCalled()
})

test('a failed test shows the reason of the server', async () => {
  const lastTest = {
    at: new Date().toISOString(),
    passed: false,
    code: 'sso/audience',
    message: 'Copy the audience URL from Rollcall.',
    byName: 'Ada',
  }
  await show(SsoTest, { props: { sso: { ...saved, lastTest } } })
  expect(screen.getByText('The test failed')).toBeTruthy()
  expect(screen.getByText('Copy the audience URL from Rollcall.')).toBeTruthy()
})

test('a passed test that was followed by a change says that it has to be run again', async () => {
  const lastTest = { at: new Date().toISOString(), passed: true, code: null, message: 'Ada.', byName: 'Ada' }
  await show(SsoTest, { props: { sso: { ...saved, lastTest } } })
  expect(screen.getByText('The settings were changed since this test. Test again.')).toBeTruthy()
})

test('enforcing waits for the test and the recovery codes, and says for which', async () => {
  const first = await show(EnforceSection, { props: { sso: saved, owner: true } })
  expect(screen.getByText('Test the connection first.')).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('switch').disabled).toBe(true)
  first.unmount()
  await show(EnforceSection, { props: { sso: { ...saved, status: 'TESTED' }, owner: false } })
  expect(screen.getByText(/Recovery codes come first/)).toBeTruthy()
  expect(screen.getByText('Only the owner can create them.')).toBeTruthy()
  expect(screen.getByRole<HTMLButtonElement>('switch').disabled).toBe(true)
})

test('recovery codes are shown once, and the switch asks before it enforces', async () => {
  const sent: unknown[] = []
  await show(EnforceSection, {
    props: { sso: { ...saved, status: 'TESTED', recoveryCodesLeft: 3 }, owner: true },
    answer: ({ name, variables }) => {
      sent.push(name, variables['input'])
      return name === 'CreateRecoveryCodes'
        ? { createRecoveryCodes: { __typename: 'CreateRecoveryCodesPayload', codes: ['aaaa', 'bbbb'] } }
        : { enforceSso: { __typename: 'EnforceSsoPayload', sso: { status: 'ENFORCED' } } }
    },
  })
  await press('Create recovery codes')
  const question = await screen.findByRole('dialog')
  expect(question.textContent).toContain('The 3 codes that are left stop working.')
  await fireEvent.submit(question.querySelector('form')!)
  const codes = await screen.findByRole('textbox', { name: 'Recovery codes' })
  expect(codes.textContent).toBe('aaaa\nbbbb')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Done' }).disabled).toBe(true)
  await fireEvent.click(screen.getByRole('checkbox'))
  await press('Done')
  await fireEvent.click(await screen.findByRole('switch', { name: 'Enforce SAML SSO for my organization' }))
  const asking = await screen.findByRole('dialog', { name: 'Enforce single sign-on?' })
  await fireEvent.submit(asking.querySelector('form')!)
  await waitFor(() => {
    expect(sent).toEqual(['CreateRecoveryCodes', undefined, 'EnforceSso', { enforced: true }])
  })
})

test('deleting names what goes with it and wants the name of the organization', async () => {
  const sent: unknown[] = []
  const organization = { id: 'o', name: 'Acme', provisioning: { enforced: true }, sso: saved }
  await show(EndSection, {
    props: { organization },
    answer: ({ variables }) => {
      sent.push(variables['input'])
      return { deleteSso: { __typename: 'DeleteSsoPayload', sso: { status: 'NOT_CONFIGURED' } } }
    },
  })
  await press('Delete single sign-on')
  const dialog = within(await screen.findByRole('dialog'))
  expect(dialog.getByText(/The SCIM configuration is deleted, too/)).toBeTruthy()
  const action = dialog.getByRole<HTMLButtonElement>('button', { name: 'Delete single sign-on' })
  expect(action.disabled).toBe(true)
  await fireEvent.update(dialog.getByRole('textbox'), 'Acme')
  await fireEvent.submit(action.form!)
  await waitFor(() => {
    expect(sent).toEqual([{ confirmName: 'Acme', deleteProvisioning: true }])
  })
})

test('switching off suspends provisioning only after saying so', async () => {
  const sent: unknown[] = []
  const organization = { id: 'o', name: 'Acme', provisioning: { enforced: true }, sso: saved }
  await show(EndSection, {
    props: { organization },
    answer: ({ variables }) => {
      sent.push(variables['input'])
      return { disableSso: { __typename: 'DisableSsoPayload', sso: { status: 'DISABLED' } } }
    },
  })
  await press('Switch off')
  const dialog = await screen.findByRole('dialog')
  expect(dialog.textContent).toContain('User provisioning is suspended')
  expect(sent).toEqual([])
  await fireEvent.submit(dialog.querySelector('form')!)
  await waitFor(() => {
    expect(sent).toEqual([{ suspendProvisioning: true }])
  })
})
