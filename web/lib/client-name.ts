// What a browser calls itself, in words that people know.

const browsers: [RegExp, string][] = [
  [/\bEdgA?\//u, 'Edge'],
  [/\bOPR\//u, 'Opera'],
  [/\bFirefox\//u, 'Firefox'],
  [/Chrom(?:e|ium)\//u, 'Chrome'],
  [/\bVersion\/.*\bSafari\//u, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/u, 'iPhone'],
  [/\biPad\b/u, 'iPad'],
  [/\bAndroid\b/u, 'Android'],
  [/\bWindows\b/u, 'Windows'],
  [/\bMac OS X\b/u, 'macOS'],
  [/\bCrOS\b/u, 'ChromeOS'],
  [/\bLinux\b/u, 'Linux'],
]
const find = (rules: [RegExp, string][], text: string) => rules.find(([rule]) => rule.test(text))?.[1]

/** Browser and system of a User-Agent header; null where it says nothing known. */
export function clientName(userAgent: string | null): { browser: string; system: string | null } | null {
  const browser = find(browsers, userAgent ?? '')
  return browser === undefined ? null : { browser, system: find(systems, userAgent ?? '') ?? null }
}
