// Whether single-key shortcuts are switched off on this device (WCAG 2.1.4).
import { readSetting, writeSetting } from './device-settings.ts'

/** True when the person switched single-key shortcuts off. */
export const keysAreOff = (): boolean => readSetting('keys') === 'off'

/** Remembers the choice on this device. */
export function switchKeys(on: boolean): void {
  writeSetting('keys', on ? 'on' : 'off')
}
