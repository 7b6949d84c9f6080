// Signing in and setting up, as a person does it.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, onTestFinished, test, vi } from 'vitest'
import SessionList from '#web/features/session/SessionList.vue'
import SetupForm from '#web/features/session/SetupForm.vue'
import SignInForm from '#web/features/session/SignInForm.vue'
import { show } from '#test/web/show.ts'

const signedIn = {
  signIn: { __typename: 'SignInPayload', viewer: { kind: 'PERSON' }, chooseOrganization: [] },
}

async function type(label: string, text: string) {
  await fireEvent.update(await screen.findByLabelText(label), text)
}
const noWays = { signInWays: [] }
const press = async (name: string) =>
  fireEvent.submit((await screen.findByRole('button', { name })).closest('form')!)

test('asks one question per step and says what was wrong', async () => {
  const asked: unknown[] = []
  let answers = 0
  await show(SignInForm, {
    props: { reason: 'ended' },
    answer: ({ name, variables }) => {
      if (name === 'SignInWays') return noWays
      asked.push(variables['input'])
      answers += 1
      return answers === 1
        ? { signIn: { __typename: 'ForbiddenError', message: 'Wrong address or password.', code: 'x' } }
        : signedIn
    },
  })
  expect(screen.getByRole('status').textContent).toContain('Your session ended')
  expect(screen.queryByLabelText('Password')).toBeNull()
  await press('Continue')
  expect(screen.getByText('Enter your work e-mail.')).toBeTruthy()
  await type('Work e-mail', ' ada@acme.example ')
  await press('Continue')
  await type('Password', 'wrong')
  await press('Sign in')
  expect(await screen.findByText('Wrong address or password.')).toBeTruthy()
  await type('Password', 'right')
  await press('Sign in')
  expect(asked).toEqual([
    { email: 'ada@acme.example', password: 'wrong' },
    { email: 'ada@acme.example', password: 'right' },
  ])
})

test('asks which organization when there are several', async () => {
  const asked: Record<string, unknown>[] = []
  await show(SignInForm, {
    answer: ({ name, variables }) => {
      if (name === 'SignInWays') return noWays
      const input = variables['input'] as Record<string, unknown>
      asked.push(input)
      const choice = [
        { id: 'o1', name: 'Acme' },
        { id: 'o2', name: 'Globex' },
      ]
      return input['organizationId']
        ? signedIn
        : { signIn: { __typename: 'SignInPayload', viewer: null, chooseOrganization: choice } }
    },
  })
  await type('Work e-mail', 'ada@acme.example')
  await press('Continue')
  await type('Password', 'right')
  await press('Sign in')
  await fireEvent.click(await screen.findByRole('button', { name: 'Globex' }))
  expect(asked.at(-1)).toEqual({ email: 'ada@acme.example', password: 'right', organizationId: 'o2' })
})

const way = (organizationName: string, enforced: boolean) => ({
  __typename: 'SignInWay',
  organizationName,
  url: `https://rollcall.example/saml/${organizationName}/login`,
  enforced,
})

async function withWays(ways: ReturnType<typeof way>[], answers: Record<string, unknown> = {}) {
  const left: string[] = []
  const sent: unknown[] = []
  await show(SignInForm, {
    props: { onLeave: (url: string) => left.push(url), onDone: () => left.push('done') },
    answer: ({ name, variables }) => {
      if (name === 'SignInWays') return { signInWays: ways }
      sent.push(variables['input'])
      return answers
    },
  })
  await type('Work e-mail', 'ada@acme.example')
  await press('Continue')
  return { left, sent }
}
const click = async (name: string) => fireEvent.click(await screen.findByRole('button', { name }))

test('an enforced way is taken by itself after a moment, unless one cancels', async () => {
  const { left } = await withWays([way('acme', true)])
  expect((await screen.findByRole('status')).textContent).toContain('identity provider of acme')
  await waitFor(() => {
    expect(left).toEqual(['https://rollcall.example/saml/acme/login'])
  })
  await click('Cancel')
  expect(await screen.findByRole('button', { name: 'Owner: use your password' })).toBeTruthy()
  expect(screen.queryByLabelText('Password')).toBeNull()
})

test('whoever cancels in time is not taken away afterwards', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const left: string[] = []
  await show(SignInForm, {
    props: { onLeave: (url: string) => left.push(url) },
    answer: () => ({ signInWays: [way('acme', true)] }),
  })
  await fireEvent.update(screen.getByLabelText('Work e-mail'), 'ada@acme.example')
  await fireEvent.submit(screen.getByRole('button', { name: 'Continue' }).closest('form')!)
  await vi.waitFor(() => screen.getByRole('button', { name: 'Cancel' }), { interval: 5 })
  await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  vi.advanceTimersByTime(10_000)
  expect(left).toEqual([])
})

test('several ways are offered, and a password where one of them is not enforced', async () => {
  const { left } = await withWays([way('acme', true), way('globex', false)])
  await click('Single sign-on of globex')
  expect(left).toEqual(['https://rollcall.example/saml/globex/login'])
  await click('Use a password')
  expect(await screen.findByLabelText('Password')).toBeTruthy()
  await click('Use single sign-on')
  expect(await screen.findByRole('button', { name: 'Single sign-on of acme' })).toBeTruthy()
})

test('an admin whose password is right but refused reads why and gets to single sign-on', async () => {
  const message = 'Your organization signs in through its identity provider.'
  await withWays([way('acme', true), way('globex', true)], {
    signIn: { __typename: 'ForbiddenError', message, code: 'sessions/sso-enforced' },
  })
  await click('Owner: use your password')
  await type('Password', 'right')
  await press('Sign in')
  expect(await screen.findByText(message)).toBeTruthy()
  await click('Use single sign-on')
  expect(await screen.findByRole('button', { name: 'Single sign-on of acme' })).toBeTruthy()
})

test('the owner gets in with a recovery code', async () => {
  const { left, sent } = await withWays([way('acme', false)], {
    signInWithRecoveryCode: { __typename: 'SignInWithRecoveryCodePayload', viewer: { kind: 'PERSON' } },
  })
  await click('Owner: use a recovery code')
  await press('Sign in')
  expect(screen.getByText('Enter one of your recovery codes.')).toBeTruthy()
  await type('Recovery code', 'abcde-fghij')
  await press('Sign in')
  await waitFor(() => {
    expect(left).toEqual(['done'])
  })
  expect(sent).toEqual([{ email: 'ada@acme.example', code: 'abcde-fghij' }])
})

test('sessions can be ended one by one and all at once, but not this one', async () => {
  const sent: unknown[] = []
  const session = (id: string, current: boolean, client: string | null) => ({
    ...{ __typename: 'Session', id, current, client, ip: '192.0.2.7', way: 'SSO' },
    createdAt: new Date().toISOString(),
    seenAt: new Date().toISOString(),
    expiresAt: new Date().toISOString(),
  })
  const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'
  await show(SessionList, {
    answer: ({ name, variables }) => {
      if (name === 'Sessions')
        return {
          viewer: {
            __typename: 'Viewer',
            sessions: [session('a', true, null), session('b', false, firefox)],
          },
        }
      sent.push(variables['input'] ?? name)
      return name === 'EndSession'
        ? { endSession: { __typename: 'EndSessionPayload', ended: 1 } }
        : { endOtherSessions: { __typename: 'EndOtherSessionsPayload', ended: 1 } }
    },
  })
  expect(await screen.findByText('Firefox on Windows')).toBeTruthy()
  expect(screen.getByText('This browser')).toBeTruthy()
  expect(screen.getAllByRole('button', { name: /^Sign out of/ })).toHaveLength(1)
  await click('Sign out of Firefox on Windows')
  await click('Sign out everywhere else')
  await waitFor(() => {
    expect(sent).toEqual([{ id: 'b' }, 'EndOtherSessions'])
  })
})

test('a used set-up link says what to do', async () => {
  await show(SetupForm, { props: { secret: 'old' }, answer: () => ({ setupInvitation: null }) })
  expect(await screen.findByText('This set-up link does not work any more')).toBeTruthy()
  expect(screen.getByText('npm start -- setup-link')).toBeTruthy()
})

test('set-up fills in what is known, wants a long password and sends the secret', async () => {
  const sent: unknown[] = []
  await show(SetupForm, {
    props: { secret: 'fresh' },
    answer: ({ name, variables }) => {
      if (name === 'SetupInvitation') {
        return {
          setupInvitation: {
            organizationName: 'Acme',
            ownerEmail: 'dana@acme.example',
            expiresAt: '2027-01-01T00:00:00Z',
          },
        }
      }
      sent.push(variables['input'])
      return { completeSetup: { __typename: 'CompleteSetupPayload', viewer: { kind: 'PERSON' } } }
    },
  })
  await type('Your name', 'Dana Silva')
  await type('Choose a password', 'short')
  await press('Finish set-up')
  expect(screen.getByText('Use at least 15 characters.')).toBeTruthy()
  expect(sent).toEqual([])
  await type('Choose a password', 'correct horse battery')
  await press('Finish set-up')
  expect(sent).toEqual([
    {
      secret: 'fresh',
      organizationName: 'Acme',
      ownerName: 'Dana Silva',
      email: 'dana@acme.example',
      password: 'correct horse battery',
    },
  ])
})
