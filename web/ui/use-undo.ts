// Says what was done and offers to take it back.
import { useToast } from '@nuxt/ui/composables/useToast'
import { useI18n } from 'vue-i18n'

/** Milliseconds an offer stays; it waits while the pointer or the focus is on it. */
const stays = 8000

/** What undoing needs of a command: run it, and why it failed. */
interface Back {
  run: (...input: never[]) => Promise<unknown>
  problem: { readonly value: { message: string } | null }
}

/**
 * A function that shows `title` with "Undo" for eight seconds. `input` is what `back` is run with; a refusal is said in
 * a message of its own, because the page where it was done may be left by then.
 */
export function useUndo() {
  const { t } = useI18n()
  const toast = useToast()
  return <Command extends Back>(title: string, back: Command, input: Parameters<Command['run']>[0]) => {
    const undo = async () => {
      const run = back.run as (given: unknown) => Promise<unknown>
      if ((await run(input)) !== null) toast.add({ title: t('ui.undone'), color: 'success' })
      else
        toast.add({
          title: t('ui.undoFailed'),
          description: back.problem.value?.message || t('ui.network'),
          color: 'error',
        })
    }
    toast.add({
      title,
      duration: stays,
      color: 'neutral',
      actions: [{ label: t('ui.undo'), color: 'neutral', variant: 'outline', onClick: () => void undo() }],
    })
  }
}
