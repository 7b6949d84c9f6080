// Whether the side bar shows icons only; remembered on this device.
import { ref } from 'vue'
import { readSetting, writeSetting } from '#web/lib/device-settings.ts'

const narrow = ref(readSetting('side-bar') === 'narrow')

/** `narrow` is true while only icons are shown; `toggle` changes that. */
export function useSideBar() {
  const toggle = () => {
    narrow.value = !narrow.value
    writeSetting('side-bar', narrow.value ? 'narrow' : 'wide')
  }
  return { narrow, toggle }
}
