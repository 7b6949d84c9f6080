// The text colour of a line's icon.
import type { Tone } from '#web/ui/tone.ts'

export const toneText: Record<Tone, string> = {
  success: 'text-success',
  warning: 'text-warning',
  error: 'text-error',
  info: 'text-info',
  idle: 'text-muted',
}
