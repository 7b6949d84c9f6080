// Whether the help beside the page is open; the button in each page's title line asks for it.
import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

const key: InjectionKey<Ref<boolean>> = Symbol('help')

/** For the frame of the console. */
export function provideHelp(): Ref<boolean> {
  const shown = ref(false)
  provide(key, shown)
  return shown
}

/** Null on pages outside of the frame. */
export function useHelp(): Ref<boolean> | null {
  return inject(key, null)
}
