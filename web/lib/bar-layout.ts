// Where the bars of a chart stand, in shares of its width and height.

export interface Bar {
  /** Stacked from the bottom up. */
  parts: readonly number[]
}
export interface PlacedPart {
  series: number
  /** Shares from 0 to 1; y counts from the top. */
  y: number
  height: number
}
export interface PlacedBar {
  x: number
  width: number
  parts: PlacedPart[]
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

/** The next round number (1, 2 or 5 times a power of ten) that is not below `value`; at least 1. */
export function roundTop(value: number): number {
  if (value <= 1) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find(factor => factor * power >= value) ?? 10
  return step * power
}

/** Places every bar; `top` is the value at full height. A part that is not zero stays at least visible. */
export function layoutBars(bars: readonly Bar[], top: number, least = 0.008): PlacedBar[] {
  const slot = bars.length === 0 ? 1 : 1 / bars.length
  const gap = bars.length > 60 ? 0.15 : 0.28
  return bars.map((bar, index) => {
    let floor = 1
    const parts = bar.parts.flatMap((value, series) => {
      if (value <= 0) return []
      const height = Math.min(floor, Math.max(least, value / top))
      floor -= height
      return [{ series, y: floor, height }]
    })
    return { x: (index + gap / 2) * slot, width: slot * (1 - gap), parts }
  })
}

/** The highest stack of all bars. */
export function highest(bars: readonly Bar[]): number {
  return Math.max(0, ...bars.map(bar => sum(bar.parts)))
}

/** Numbers of the bars that get a label: at most `most`, evenly apart, counted back from the last. */
export function labelledBars(count: number, most: number): number[] {
  const every = Math.max(1, Math.ceil(count / most))
  return Array.from({ length: count }, (_, index) => index).filter(index => (count - 1 - index) % every === 0)
}
