// Before each web test: bundled icons only, and an unexpected warning or error fails the test.
import { configure } from '@testing-library/vue'
import { afterEach, beforeEach, expect, vi } from 'vitest'

/** A slow machine is no fault of a component. */
configure({ asyncUtilTimeout: 15_000 })

let complaints: string[] = []
const complain = (...parts: unknown[]) => {
  complaints.push(parts.map(String).join(' '))
}

beforeEach(() => {
  complaints = []
  localStorage.clear()
  vi.spyOn(console, 'warn').mockImplementation(complain)
  vi.spyOn(console, 'error').mockImplementation(complain)
})

afterEach(() => {
  vi.restoreAllMocks()
  expect(complaints).toEqual([])
})
