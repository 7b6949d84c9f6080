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
}

export interface GridSort {
  by: string
  descending: boolean
}
