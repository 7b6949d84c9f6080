// Which columns a grid hides and how high its rows are: kept on this device.
import { computed, ref } from 'vue'
import { readSetting, writeSetting } from '#web/lib/device-settings.ts'
import type { GridColumn } from './grid.ts'

/** Reads and writes under `grid-<name>`; columns that may be hidden are `optional`, by key. */
export function useGridLook(name: string, optional: readonly string[]) {
  const words = (readSetting(`grid-${name}`) ?? '').split(' ')
  const compact = ref(words.includes('compact'))
  const hidden = ref(optional.filter(key => words.includes(`-${key}`)))
  function keep() {
    const marks = hidden.value.map(key => `-${key}`)
    writeSetting(`grid-${name}`, [...(compact.value ? ['compact'] : []), ...marks].join(' '))
  }
  function toggle(key: string) {
    const has = hidden.value.includes(key)
    hidden.value = has ? hidden.value.filter(one => one !== key) : [...hidden.value, key]
    keep()
  }
  function setCompact(next: boolean) {
    compact.value = next
    keep()
  }
  const shown = (columns: readonly GridColumn[]) => columns.filter(({ key }) => !hidden.value.includes(key))
  return {
    compact: computed(() => compact.value),
    hidden: computed(() => hidden.value),
    toggle,
    setCompact,
    shown,
  }
}
