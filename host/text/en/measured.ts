/** How figures and their limits read. */
import { counted } from './counted.js'

export const MEASURED = {
  'measured.nothing': 'nothing',
  'measured.not': 'not measured',
  'measured.quantity': ({ amount, unit }: { readonly amount: string; readonly unit: string }) => `${amount} ${unit}`,
  'measured.octets': ({ amount }: { readonly amount: string }) => counted(amount, 'octet'),
  'measured.cells': ({ amount }: { readonly amount: string }) => counted(amount, 'cell'),
  'limit.range': ({ min, max }: { readonly min: string; readonly max: string }) => `${min} to ${max}`,
  'limit.at-most': ({ max }: { readonly max: string }) => `at most ${max}`,
  'limit.at-least': ({ min }: { readonly min: string }) => `at least ${min}`,
  'limit.must-be': ({ limit }: { readonly limit: string }) => `must be ${limit}`,
}
