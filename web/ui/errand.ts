// Asks the page that is gone to next for something: "open the dialog of a new group".
import { onMounted, ref, watch, type ComponentPublicInstance, type Ref } from 'vue'

const wanted = ref('')

/** Leaves an errand for whoever on the page takes it; an empty one takes it back. */
export function sendErrand(name: string): void {
  wanted.value = name
}

/** Runs `run` once when the errand `name` was sent and `ready` holds, be it before or after this is mounted. */
export function useErrand(name: string, run: () => void, ready: () => boolean = () => true): void {
  onMounted(() => {
    watch(
      () => wanted.value === name && ready(),
      now => {
        if (!now) return
        wanted.value = ''
        run()
      },
      { immediate: true, flush: 'post' },
    )
  })
}

/** On the errand `name` brings a part of the page into view and the focus to its first `field`. */
export function useFieldErrand(
  name: string,
  part: Ref<ComponentPublicInstance | null>,
  { field, ready }: { field: string; ready?: () => boolean },
): void {
  const go = () => {
    const box = part.value?.$el as HTMLElement | undefined
    box?.scrollIntoView({ block: 'start' })
    box?.querySelector<HTMLElement>(field)?.focus({ preventScroll: true })
  }
  useErrand(name, go, ready)
}
