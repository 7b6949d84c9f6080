// Signing in and setting up, as a person does it.
import { fireEvent, screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import SetupForm from '#web/features/session/SetupForm.vue'
import SignInForm from '#web/features/session/SignInForm.vue'
import { show } from '#test/web/show.ts'

const signedIn = {
  signIn: { __typename: 'SignInPayload', viewer: { kind: 'PERSON' }, chooseOrganization: [] },
}

async function type(label: string, text: string) {
  await fireEvent.update(await screen.findByLabelText(label), text)
}
const press = async (name: string) =>
  fireEvent.submit((await screen.findByRole('button', { name })).closest('form')!)

test('asks one question per step and says what was wrong', async () => {
  const asked: unknown[] = []
  let answers = 0
  await show(SignInForm, {
    props: { reason: 'ended' },
    answer: ({ variables }) => {
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
    answer: ({ variables }) => {
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
