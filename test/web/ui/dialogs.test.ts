// Dialogs that guard secrets and what cannot be undone.
import { fireEvent, screen, waitFor } from '@testing-library/vue'
import { expect, test } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import ConfirmDialog from '#web/ui/ConfirmDialog.vue'
import SecretOnce from '#web/ui/SecretOnce.vue'
import { show } from '#test/web/show.ts'

test('a secret stays until it was stored, ignores Escape, and then leaves memory', async () => {
  const secret = ref<string | null>('rc_scim_secret')
  const Host = defineComponent(
    () => () =>
      h(SecretOnce, {
        title: 'New token',
        text: 'Shown once',
        label: 'Token',
        action: 'Copy token',
        modelValue: secret.value,
        'onUpdate:modelValue': (value: string | null) => (secret.value = value),
      }),
  )
  await show(Host)
  expect(await screen.findByText('rc_scim_secret')).toBeTruthy()
  await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' })
  expect(secret.value).toBe('rc_scim_secret')
  const done = screen.getByRole<HTMLButtonElement>('button', { name: 'Done' })
  expect(done.disabled).toBe(true)
  await fireEvent.click(screen.getByRole('checkbox'))
  await waitFor(() => {
    expect(done.disabled).toBe(false)
  })
  await fireEvent.click(done)
  expect(secret.value).toBeNull()
})

test('what cannot be undone wants the name typed', async () => {
  const confirmed: string[] = []
  const question = {
    title: 'Delete?',
    text: 'For good.',
    action: 'Delete it',
    danger: true,
    typed: 'Acme Inc',
  }
  await show(ConfirmDialog, {
    props: { open: true, question, onConfirm: (typed: string) => confirmed.push(typed) },
  })
  const action = await screen.findByRole<HTMLButtonElement>('button', { name: 'Delete it' })
  expect(action.disabled).toBe(true)
  await fireEvent.update(screen.getByLabelText('Type Acme Inc to confirm'), 'Acme')
  expect(action.disabled).toBe(true)
  await fireEvent.update(screen.getByLabelText('Type Acme Inc to confirm'), 'Acme Inc')
  await fireEvent.submit(action.ownerDocument.querySelector('form')!)
  expect(confirmed).toEqual(['Acme Inc'])
})
