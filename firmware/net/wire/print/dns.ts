/** A DNS message in one line, in the manner of tcpdump. */
import { formatIpv4 } from '../../address.js'
import { formatIpv6 } from '../../ipv6/address.js'
import { CLASS_IN, type DnsQuestion, type DnsRecord, parseDns } from '../dns.js'
import { presented } from '../text.js'

const RESPONSE_CODES: Readonly<Record<string, string>> = {
  FORMERR: ' FormErr',
  SERVFAIL: ' ServFail',
  NXDOMAIN: ' NXDomain',
  NOTIMP: ' NotImp',
  REFUSED: ' Refused',
  NOERROR: '',
}

/**
 * `octets[at .. end)`: a whole message. As tcpdump: `+` recursion desired (of a query), `*` authoritative, `-` no
 * recursion available, `|` truncated (of a response).
 */
export function printDns(octets: Uint8Array, at = 0, end = octets.length): string {
  const message = parseDns(octets, at, end)
  const length = `(${end - at})`
  if (typeof message === 'string') return `DNS, bad ${message} ${length}`
  const { questions, answers, authorities, edns } = message
  const additionals = message.additionals.length + (edns === undefined ? 0 : 1)
  const opcode = message.opcode === 0 ? '' : ` op${message.opcode}`
  if (!message.response) {
    const flags = message.recursionDesired ? '+' : ''
    const asked = questions.map((question) => ` ${printQuestion(question)}`).join('')
    const counts = countLabel(answers.length, 'a') + countLabel(authorities.length, 'n') + countLabel(additionals, 'au')
    return `${message.id}${opcode}${flags}${counts}${asked} ${length}`
  }
  const flags =
    (message.authoritative ? '*' : '') + (message.recursionAvailable ? '' : '-') + (message.truncated ? '|' : '')
  const code = RESPONSE_CODES[message.responseCode] ?? ` ${message.responseCode}`
  const counts = ` ${answers.length}/${authorities.length}/${additionals}`
  const records = answers.map((record) => ` ${printData(record)}`).join(',')
  return `${message.id}${opcode}${code}${flags}${counts}${records} ${length}`
}

function countLabel(count: number, letter: string): string {
  return count === 0 ? '' : ` [${count}${letter}]`
}

function printQuestion({ name, type, class: ofClass }: DnsQuestion): string {
  return `${type}${ofClass === CLASS_IN ? '' : ` class ${ofClass}`}? ${name}.`
}

/** `A 10.0.0.1`: a record without its owner, as tcpdump has it. */
export function printData(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
      return `A ${formatIpv4(record.address)}`
    case 'AAAA':
      return `AAAA ${formatIpv6(record.address)}`
    case 'NS':
    case 'CNAME':
    case 'PTR':
      return `${record.type} ${record.target}.`
    case 'SOA':
      return `SOA ${record.primary}. ${record.mailbox}. ${record.serial}`
    case 'MX':
      return `MX ${record.exchange}. ${record.preference}`
    case 'TXT':
      return `TXT ${record.texts.map((text) => `"${presented(text)}"`).join(' ')}`
    default:
      return `${record.type} length ${record.octets.length}`
  }
}
