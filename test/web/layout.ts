// Gives every element a size, which a page without a browser does not have: grids draw the rows that would be seen.
import { vi } from 'vitest'

/** For the rest of the test, as wide and high as told, in pixels. */
export function giveLayout({ width = 480, height = 900 } = {}): void {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(height)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(width)
}
