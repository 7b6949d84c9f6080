// What the component library looks like where it differs from its own defaults.

const smallIcons = {
  xs: { leadingIcon: 'size-3.5', trailingIcon: 'size-3.5' },
  md: { leadingIcon: 'size-4', trailingIcon: 'size-4' },
}
/** A solid button stays readable under the pointer: the library's 75 % falls below 4.5:1 in the dark. */
const underPointer = (['primary', 'error'] as const).map(color => ({
  color,
  variant: 'solid' as const,
  class: `hover:bg-${color}/90 active:bg-${color}/90`,
}))
const overlay = 'bg-zinc-950/40 dark:bg-black/60'

/** The library's own words for the icons in the parts we use. */
const icons: Record<string, string> = {
  arrowLeft: 'i-lucide-arrow-left',
  arrowRight: 'i-lucide-arrow-right',
  check: 'i-lucide-check',
  chevronDown: 'i-lucide-chevron-down',
  chevronLeft: 'i-lucide-chevron-left',
  chevronRight: 'i-lucide-chevron-right',
  close: 'i-lucide-x',
  external: 'i-lucide-arrow-up-right',
  loading: 'i-lucide-loader-circle',
  minus: 'i-lucide-minus',
  search: 'i-lucide-search',
}

/** Colour roles and class changes per component; the token values are in main.css. */
export const theme = {
  icons,
  colors: { primary: 'indigo', neutral: 'zinc', warning: 'amber' },
  button: { variants: { size: smallIcons }, compoundVariants: underPointer },
  input: { variants: { size: smallIcons } },
  select: {
    slots: { item: 'data-highlighted:not-data-disabled:before:bg-accented' },
    variants: { size: smallIcons },
  },
  dropdownMenu: { slots: { item: 'data-highlighted:not-data-disabled:before:bg-accented' } },
  slideover: { variants: { overlay: { true: { overlay } } } },
  modal: {
    slots: { title: 'text-base', description: 'text-muted' },
    variants: { overlay: { true: { overlay } } },
  },
  tooltip: { slots: { content: 'h-auto py-1 max-w-72', text: 'whitespace-normal' } },
}
