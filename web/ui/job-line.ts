// Long work as one line: what the tray and a page show of it.

export interface JobLine {
  id: string
  title: string
  done: number
  /** 0 until it is known. */
  total: number
  /** RFC 3339; null while it waits. */
  startedAt: string | null
  waiting: boolean
  /** False for work that is only done whole. */
  stoppable: boolean
}
