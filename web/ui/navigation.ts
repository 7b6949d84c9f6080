// What the list of pages shows.

export interface NavigationGroup {
  label?: string
  items: { label: string; to: string; icon: string }[]
}
