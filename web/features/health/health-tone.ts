// The colour of each state of health.
import type { Tone } from '#web/ui/tone.ts'
import type { Health } from './use-live-health.ts'

export const toneOf: Record<Health['state'], Tone> = {
  WAITING: 'warning',
  HEALTHY: 'success',
  DEGRADED: 'error',
  SILENT: 'warning',
  OFF: 'idle',
}
