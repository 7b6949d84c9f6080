// One's own security: a fresh proof where it is wanted, two-step sign-in on and off, the second step of signing in.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { defineComponent, h } from 'vue'
import { expect, test } from 'vitest'
import ProofAsker from '#web/features/security/ProofAsker.vue'
import SecurityPanel from '#web/features/security/SecurityPanel.vue'
import TwoStepDemanded from '#web/features/security/TwoStepDemanded.vue'
import SignInForm from '#web/features/session/SignInForm.vue'
import { askForProof } from '#web/graphql/proof.ts'
import { show } from '#test/web/show.ts'

const security = {
  __typename: 'Security',
  passwordChangedAt: '2026-11-01T09:00:00Z',
  twoStepSince: null as string | null,
  codesLeft: 0,
  twoStepDemanded: false,
  keepsSecrets: true,
  proofUrl: null as string | null,
}
const read = (change: Partial<typeof security> = {}) => ({
  viewer: { __typename: 'Viewer', security: { ...security, ...change } },
})
const secret = { __typename: 'TwoStepSecret', uri: 'otpauth://totp/x?secret=ABCD', text: 'ABCD EFGH' }
const stale = {
  __typename: 'ForbiddenError',
  message: 'Confirm that it is you.',
  code: 'sessions/reauthenticate',
}
/** The last one of this name: dialogs come behind what they cover. */
const button = async (name: string) => (await screen.findAllByText(name)).at(-1)!.closest('button')!
const press = async (name: string) => fireEvent.click(await button(name))
const submit = async (name: string) => {
  const found = await button(name)
  await fireEvent.submit(found.form ?? document.getElementById(found.getAttribute('form') ?? '')!)
}
const type = async (label: string, text: string) =>
  fireEvent.update(await screen.findByLabelText(label), text)

/** The section of the page is called the same. */
const typePassword = (text: string) =>
  fireEvent.update(document.querySelector<HTMLInputElement>('#proof input[type=password]')!, text)

const both = defineComponent({
  render: () => [h(SecurityPanel, { email: 'ada@acme.example' }), h(ProofAsker)],
})

test('S82: a sensitive action asks who one is, and goes on by itself', async () => {
  const asked: [string, unknown][] = []
  let proven = false
  await show(both, {
    answer: ({ name, variables }) => {
      if (name === 'Security') return read({ twoStepSince: '2026-11-02T09:00:00Z', codesLeft: 9 })
      asked.push([name, variables['input']])
      if (name === 'CreateTwoStepCodes')
        return {
          createTwoStepCodes: proven ? { __typename: 'TwoStepCodesPayload', codes: ['aaaaa-b'] } : stale,
        }
      if (asked.length < 3)
        return {
          reauthenticate: {
            __typename: 'ForbiddenError',
            message: 'Not right.',
            code: 'sessions/wrong-password',
          },
        }
      proven = true
      return { reauthenticate: { __typename: 'ReauthenticatePayload', minutes: 5 } }
    },
  })
  await press('New recovery codes')
  await screen.findByText('Create new recovery codes?')
  await submit('New recovery codes')
  await screen.findByText('Confirm that it is you')
  await typePassword('wrong')
  await submit('Go on')
  expect(await screen.findByText('Not right.')).toBeTruthy()
  await typePassword('right')
  await type('Code from your app', '123456')
  await submit('Go on')
  expect(await screen.findByText('aaaaa-b')).toBeTruthy()
  expect(asked.map(([name]) => name)).toEqual([
    'CreateTwoStepCodes',
    'Reauthenticate',
    'Reauthenticate',
    'CreateTwoStepCodes',
  ])
  expect(asked[2]?.[1]).toEqual({ password: 'right', code: '123456' })
})

const url = 'https://rollcall.test/saml/018f0000-0000-7000-8000-000000000000/prove'

test('S82: who came by the identity provider confirms there in a tab of its own; then it goes on by itself', async () => {
  const asked: string[] = []
  let proven = false
  await show(both, {
    answer: ({ name }) => {
      if (name === 'Security') return read({ passwordChangedAt: '2026-11-01T09:00:00Z', proofUrl: url })
      asked.push(name)
      if (name === 'Proof') return { viewer: { __typename: 'Viewer', security: { ...security, proven } } }
      return { startTwoStep: proven ? secret : stale }
    },
  })
  await press('Turn on')
  const link = (await screen.findByText('Confirm with your identity provider')).closest('a')!
  expect([link.href, link.target]).toEqual([url, '_blank'])
  expect(link.rel).toContain('noopener')
  link.addEventListener('click', event => {
    event.preventDefault()
  })
  dispatchEvent(new Event('focus'))
  expect(asked).toEqual(['StartTwoStep'])
  await fireEvent.click(link)
  expect(await screen.findByText(/Waiting for the answer in the new tab/)).toBeTruthy()
  dispatchEvent(new Event('focus'))
  await waitFor(() => {
    expect(asked).toEqual(['StartTwoStep', 'Proof'])
  })
  expect(screen.getByText(/Waiting for the answer in the new tab/)).toBeTruthy()
  proven = true
  dispatchEvent(new Event('focus'))
  expect(await screen.findByText('ABCD EFGH')).toBeTruthy()
  expect(asked.filter(name => name === 'StartTwoStep')).toHaveLength(2)
  await waitFor(() => {
    expect(screen.queryByText('Confirm that it is you')).toBeNull()
  })
})

test.each([
  ['by the identity provider, where the session began there', url, /opens in a new tab/],
  ['by signing in again otherwise', null, /Sign out, sign in again/],
])('S82: without a password one proves it %s', async (_how, proofUrl, words) => {
  await show(ProofAsker, {
    answer: ({ name }) =>
      name === 'Security' ? read({ passwordChangedAt: null as never, proofUrl }) : undefined,
  })
  const answered = askForProof()
  expect(await screen.findByText(words)).toBeTruthy()
  expect(screen.queryAllByText('Confirm with your identity provider')).toHaveLength(proofUrl === null ? 0 : 1)
  expect(document.querySelector('#proof')).toBeNull()
  await press('Cancel')
  expect(await answered).toBe(false)
})

test('whoever would rather not prove it is told what was refused', async () => {
  const asked: string[] = []
  await show(both, {
    answer: ({ name }) => {
      if (name === 'Security') return read()
      asked.push(name)
      return { startTwoStep: stale }
    },
  })
  await press('Turn on')
  await screen.findByText('Confirm that it is you')
  await press('Cancel')
  expect(await screen.findByText('Confirm that it is you.')).toBeTruthy()
  expect(asked).toEqual(['StartTwoStep'])
})

test('two-step sign-in is set up by QR code or by typing, and confirmed by a first code', async () => {
  let on = false
  await show(SecurityPanel, {
    props: { email: 'ada@acme.example' },
    answer: ({ name, variables }) => {
      if (name === 'Security') return read(on ? { twoStepSince: '2026-11-22T09:00:00Z', codesLeft: 10 } : {})
      if (name === 'StartTwoStep') return { startTwoStep: secret }
      expect(variables['input']).toEqual({ code: '123456' })
      on = true
      return { confirmTwoStep: { __typename: 'TwoStepCodesPayload', codes: ['aaaaa-b', 'ccccc-d'] } }
    },
  })
  await press('Turn on')
  const qr = await screen.findByRole('img', { name: 'QR code for your authenticator app' })
  await waitFor(() => {
    expect(qr.querySelector('path')?.getAttribute('d')).toMatch(/^M\d+ \d+h1v1h-1z/)
  })
  expect(screen.getByText('ABCD EFGH')).toBeTruthy()
  await submit('Confirm')
  expect(await screen.findByText('Enter the code that your app shows.')).toBeTruthy()
  await type('Code from your app', '123456')
  await submit('Confirm')
  expect(await screen.findByText(/aaaaa-b/)).toBeTruthy()
  expect(await screen.findByText('10 recovery codes left.')).toBeTruthy()
})

test('without a master key, and without a password, it says what is missing', async () => {
  const view = await show(SecurityPanel, {
    props: { email: 'x' },
    answer: () => read({ keepsSecrets: false }),
  })
  expect(await screen.findByText(/Ask its operator to set MASTER_KEY/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Turn on' })).toBeNull()
  view.unmount()
  await show(SecurityPanel, {
    props: { email: 'x' },
    answer: () => read({ passwordChangedAt: null as never }),
  })
  expect(await screen.findByText(/sign in through your identity provider/)).toBeTruthy()
  expect(screen.queryByText('Two-step sign-in')).toBeNull()
})

test('a demanded second step is set up after the password; then one is in', async () => {
  const ends: string[] = []
  await show(TwoStepDemanded, {
    props: { onDone: () => ends.push('done') },
    answer: ({ name }) =>
      name === 'StartTwoStepAtSignIn'
        ? { startTwoStepAtSignIn: secret }
        : { confirmTwoStepAtSignIn: { __typename: 'SignInWithCodePayload', codes: ['aaaaa-b'] } },
  })
  await type('Code from your app', '123456')
  await submit('Confirm')
  expect(await screen.findByText('aaaaa-b')).toBeTruthy()
  expect(ends).toEqual([])
  await fireEvent.click(screen.getByRole('checkbox'))
  await press('Done')
  expect(ends).toEqual(['done'])
})

test.each([
  ['CODE', []],
  ['SET_UP', ['set up']],
])('after the right password the sign-in page goes on with %s', async (secondStep, expected) => {
  const ends: string[] = []
  const sent: unknown[] = []
  await show(SignInForm, {
    props: { onDone: () => ends.push('done'), onSetUp: () => ends.push('set up') },
    answer: ({ name, variables }) => {
      if (name === 'SignInWays') return { signInWays: [] }
      if (name === 'SignIn')
        return { signIn: { __typename: 'SignInPayload', viewer: null, chooseOrganization: [], secondStep } }
      sent.push(variables['input'])
      return { signInWithCode: { __typename: 'SignInWithCodePayload', viewer: { kind: 'PERSON' } } }
    },
  })
  await type('Work e-mail', 'ada@acme.example')
  await submit('Continue')
  await type('Password', 'right')
  await submit('Sign in')
  await waitFor(() => {
    expect(ends).toEqual(expected)
  })
  if (secondStep !== 'CODE') return
  const field = await screen.findByLabelText('Code from your app')
  expect(field.getAttribute('autocomplete')).toBe('one-time-code')
  await fireEvent.update(field, '123 456')
  await submit('Sign in')
  await waitFor(() => {
    expect(ends).toEqual(['done'])
  })
  expect(sent).toEqual([{ code: '123 456' }])
})
