// Says what happened to many people, and offers to take it back.
import { useToast } from '@nuxt/ui/composables/useToast'
import { useI18n } from 'vue-i18n'

/** What taking back came to: null when it worked, otherwise why not. */
export type Undo = () => Promise<string | null>

/** A function that shows the toast; works on after the dialog that called it has gone. */
export function useUndo() {
  const { t } = useI18n()
  const toast = useToast()
  async function carryOut(undo: Undo) {
    const problem = await undo()
    if (problem === null) toast.add({ title: t('selection.undone'), color: 'success' })
    else toast.add({ title: t('selection.notUndone'), description: problem, color: 'error', duration: 0 })
  }
  return (title: string, undo?: Undo) => {
    if (!undo) {
      toast.add({ title, color: 'success' })
      return
    }
    const onClick = () => void carryOut(undo)
    const button = { label: t('selection.undo'), color: 'neutral', variant: 'outline', onClick } as const
    toast.add({ title, color: 'success', duration: 8000, actions: [button] })
  }
}
