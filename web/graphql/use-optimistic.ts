// A mutation whose outcome is shown before the server answers; a refusal takes it back where everybody sees it.
import { useToast } from '@nuxt/ui/composables/useToast'
import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import { useI18n } from 'vue-i18n'
import { expectGrant, isUnderWay } from '#web/lib/expected.ts'
import { useCommand } from './use-command.ts'

/**
 * The mutations that may be shown at once: what they make of one person, notice or switch is known before, and who is
 * offered them is nearly always granted them (who is reactivated may miss a seat). Never what creates a secret or wants
 * a fresh proof, what moves many people, what only the server can work out, or what cannot be taken back.
 */
type MayBeOptimistic =
  | 'dismissNotice'
  | 'deactivateUser'
  | 'reactivateUser'
  | 'changeUserRole'
  | 'removeGroupMembers'
  | 'setGroupAdmins'
  | 'configureDeviation'

/** After so many milliseconds without an answer, what was expected is taken back. */
const patience = 15_000

interface Expected<Variables, Value> {
  variables: Variables
  /** Whatever it is about: one thing at a time is done about the same. */
  key: string
  /** What will be different; `gone: true` for a row that goes. */
  changes: object
  /** Title of the toast after a refusal: what was not done. */
  undone: string
  granted?: (value: Value) => void
}

/** Which of two comes first: the answer, or the end of patience. */
async function inTime(answer: Promise<unknown>): Promise<'answered' | 'silent'> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = new Promise<'silent'>(resolve => {
    timer = setTimeout(() => {
      resolve('silent')
    }, patience)
  })
  const first = await Promise.race([answer.then(() => 'answered' as const), end])
  clearTimeout(timer)
  return first
}

/** A toast with what was not done, why, and the offer to try again. */
function useRefusal() {
  const { t } = useI18n()
  const toast = useToast()
  return (title: string, why: string | undefined, again: () => void) => {
    toast.add({
      title,
      description: why || t('ui.network'),
      color: 'error',
      duration: 12_000,
      actions: [{ label: t('ui.retry'), color: 'neutral', variant: 'outline', onClick: again }],
    })
  }
}

/**
 * Like `useCommand`, for the mutations above. The reads go past the cache in part (windows of 100,000 rows), so the
 * expectation is kept beside both and laid over a row where it is shown: `asExpected` of web/lib/expected.ts.
 * `run` resolves to the payload, or to null when it was refused, which a toast says with the offer to try again.
 */
export function useOptimistic<
  Data,
  Variables extends AnyVariables,
  Field extends keyof Data & MayBeOptimistic,
>(document: TypedDocumentNode<Data, Variables>, field: Field) {
  const { t } = useI18n()
  const sayUndone = useRefusal()
  const command = useCommand(document, field)
  type Value = NonNullable<Awaited<ReturnType<typeof command.run>>>

  async function run(expected: Expected<Variables, Value>): Promise<Value | null> {
    if (isUnderWay(expected.key)) return null
    const settle = expectGrant(expected.key, expected.changes)
    let late = false
    const answer = command.run(expected.variables, () => {
      if (!late) settle(true)
    })
    late = (await inTime(answer)) === 'silent'
    const value = late ? null : await answer
    if (value !== null) expected.granted?.(value)
    else {
      settle(false)
      const again = () => void run(expected)
      // Without an answer nobody knows whether it was done.
      if (late) sayUndone(t('ui.unanswered'), t('ui.unansweredWhy'), again)
      else sayUndone(expected.undone, command.problem.value?.message, again)
    }
    return value
  }
  return { run, running: command.running }
}
