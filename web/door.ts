// The script of the SAML door's pages; they come in English and stay readable without it.
import { translatePage } from './lib/translate-page.ts'

await translatePage(document)
