// Whether log times are local or UTC; remembered on this device.
import { ref } from 'vue'
import { readSetting, writeSetting } from '#web/lib/device-settings.ts'

export type Zone = 'local' | 'utc'

/** The zone and how to switch it. */
export function useZone() {
  const zone = ref<Zone>(readSetting('zone') === 'utc' ? 'utc' : 'local')
  function toggle() {
    zone.value = zone.value === 'utc' ? 'local' : 'utc'
    writeSetting('zone', zone.value)
  }
  return { zone, toggle }
}
