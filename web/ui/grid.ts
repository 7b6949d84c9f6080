// What a grid shows in which column.

export interface GridColumn {
  key: string
  label: string
  /** The label is for assistive technology only: what stands below speaks for itself. */
  quiet?: boolean
  /** Width and visibility, for example "w-40 max-md:hidden"; the header and every cell get it. */
  class: string
  /** Offers sorting under this name. */
  sort?: string
}

export interface GridLayout {
  columns: GridColumn[]
  /** In pixels; every row is equally high. */
  rowHeight: number
  label: string
  /** No header line: for lists whose rows speak for themselves. */
  headless?: boolean
  /** Under which key something may be under way about a row. */
  keyAt?: (index: number) => string
}

export interface GridSort {
  by: string
  descending: boolean
}

/** Rows that can be chosen; whoever keeps the choice says how. */
export interface GridSelection {
  has: (index: number) => boolean
  /** What a row's box is called, for example "Select Ada Lovelace". */
  label: (index: number) => string
  /** `range` chooses everything since the row that was chosen last. */
  toggle: (index: number, range: boolean) => void
  /** Touching a row chooses it instead of opening it. */
  taps: boolean
  /** The box of the header: what it shows, says and does. */
  all: { checked: boolean | 'some'; label: string; toggle: () => void }
}

/** Something that can be done with what is chosen; a reason says why it cannot. */
export interface SelectionAction {
  key: string
  label: string
  icon: string
  reason?: string | undefined
}
