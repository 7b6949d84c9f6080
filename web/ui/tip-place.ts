// Where a tip stands: under its target, above it where there is no room, never past the window's edge.

const gap = 8

/** Left and top in the window, as CSS. `tip` must be on the page already, so that it has a size. */
export function placeTip(
  target: Element,
  tip: Element,
  side: 'below' | 'right',
): { left: string; top: string } {
  const at = target.getBoundingClientRect()
  const { width, height } = tip.getBoundingClientRect()
  const most = window.innerWidth - width - gap
  if (side === 'right' && at.right + gap <= most)
    return { left: `${at.right + gap}px`, top: `${at.top + at.height / 2 - height / 2}px` }
  const middle = at.left + at.width / 2 - width / 2
  const left = Math.max(gap, Math.min(middle, most))
  const below = at.bottom + gap
  const fits = below + height + gap <= window.innerHeight
  const top = fits ? below : Math.max(gap, at.top - gap - height)
  return { left: `${left}px`, top: `${top}px` }
}
