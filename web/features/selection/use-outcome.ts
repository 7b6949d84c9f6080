// Says what happened to many people, with an offer to take it back where somebody is concerned.
import { useToast } from '@nuxt/ui/composables/useToast'
import { useUndo } from '#web/ui/use-undo.ts'

type Offer = ReturnType<typeof useUndo>
type Back = Parameters<Offer>[1]

/** `concerned` counts those whom taking back would be about. */
export function useOutcome() {
  const toast = useToast()
  const offer = useUndo()
  return <Command extends Back>(
    title: string,
    { concerned, back, input }: { concerned: number; back: Command; input: Parameters<Command['run']>[0] },
  ) => {
    if (concerned > 0) offer(title, back, input)
    else toast.add({ title, color: 'success' })
  }
}
