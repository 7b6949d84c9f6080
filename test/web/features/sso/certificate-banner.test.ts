// The overview warns of the certificate that lasts longest, and only when it ends soon.
import { screen } from '@testing-library/vue'
import { expect, test } from 'vitest'
import CertificateBanner from '#web/features/health/CertificateBanner.vue'
import { show } from '#test/web/show.ts'

const one = (state: string, daysLeft: number) => ({ state, daysLeft })

test.each([
  ['none', [], undefined],
  ['a good one', [one('VALID', 200)], undefined],
  ['one that ends, beside its successor', [one('EXPIRING', 3), one('VALID', 300)], undefined],
  ['one that ends in 12 days', [one('EXPIRING', 12)], /expires in 12 days/],
  ['one that ends today', [one('EXPIRING', 0)], /expires today/],
  ['two that end', [one('EXPIRED', -2), one('EXPIRING', 1)], /expires in 1 day\./],
  ['one that has ended', [one('EXPIRED', -1)], /has expired/],
])('with %s', async (_what, certificates, words) => {
  await show(CertificateBanner, { props: { certificates } })
  const banner = screen.queryByRole('status')
  if (words === undefined) expect(banner).toBeNull()
  else expect(banner?.textContent).toMatch(words)
})
