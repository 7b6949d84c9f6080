// Signing out: the console leaves when the session has ended, and not before.
import { fireEvent, screen } from '@testing-library/vue'
import { expect, onTestFinished, test, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSignOut } from '#web/features/session/use-sign-out.ts'
import { askAgain, createClient, stopAsking } from '#web/graphql/client.ts'
import { show } from '#test/web/show.ts'

const Button = defineComponent(() => {
  const signOut = useSignOut()
  return () => h('button', { onClick: signOut }, 'Sign out')
})

function leaving() {
  const leave = vi.spyOn(location, 'assign').mockImplementation(() => undefined)
  onTestFinished(() => {
    leave.mockRestore()
    askAgain()
  })
  return leave
}

test('leaves when the server has ended the session', async () => {
  const leave = leaving()
  await show(Button, { answer: () => ({ signOut: { signedOut: true } }) })
  await fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  await vi.waitFor(() => {
    expect(leave).toHaveBeenCalledWith('/sign-in?reason=signed-out')
  })
})

test.each([
  ['an error', 'unexpected', false],
  ['that there is no session any more', 'UNAUTHENTICATED', true],
])('where the server answers %s', async (_what, code, goes) => {
  const leave = leaving()
  localStorage.setItem('rollcall-recent', 'Ada')
  await show(Button, {
    answer: (_asked, sink) => {
      sink.next({ errors: [{ message: 'Away.', extensions: { code } }] as never })
      return undefined
    },
  })
  await fireEvent.click(screen.getByRole('button', { name: 'Sign out' }))
  if (goes) {
    await vi.waitFor(() => {
      expect(leave).toHaveBeenCalled()
    })
    return
  }
  expect(await screen.findAllByText('You are still signed in')).not.toEqual([])
  expect(leave).not.toHaveBeenCalled()
  expect(localStorage.getItem('rollcall-recent')).toBe('Ada')
})

test('what was to be asked meanwhile is asked when they stay', async () => {
  const asked = vi.fn(() => Promise.resolve(Response.json({ data: { viewer: { kind: 'PERSON' } } })))
  vi.stubGlobal('fetch', asked)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  stopAsking()
  const answer = createClient(() => undefined)
    .query('query Meanwhile { viewer { kind } }', {})
    .toPromise()
  expect(asked).not.toHaveBeenCalled()
  askAgain()
  expect((await answer).data).toEqual({ viewer: { kind: 'PERSON' } })
})
