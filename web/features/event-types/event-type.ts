// The shape of a meeting type on one's own page.

export interface EventType {
  id: string
  name: string
  slug: string
  durationMinutes: number
}
