/** 固件映像不能用时的说法：命令行与网页共用。 */
import type { Phrase } from '../phrases.js'

export const IMAGE_MESSAGES: readonly Phrase[] = [
  [
    'this is neither an Intel HEX file (lines that begin with ":") nor an ELF file',
    '这既不是 Intel HEX 文件（各行以“:”开头），也不是 ELF 文件',
  ],
  ['Intel HEX, line {1}: a record after the end-of-file record', 'Intel HEX 第 {1} 行：文件结束记录之后还有记录'],
  [
    "Intel HEX, line {1}: address 0x{2} is beyond any AVR's flash",
    'Intel HEX 第 {1} 行：地址 0x{2} 超出任何 AVR 的闪存',
  ],
  ['Intel HEX, line {1}: an address record has two data octets', 'Intel HEX 第 {1} 行：地址记录应有两个数据八位组'],
  ['Intel HEX, line {1}: record type {2} does not exist', 'Intel HEX 第 {1} 行：没有 {2} 这种记录类型'],
  ['Intel HEX: the end-of-file record is missing; the file was cut short', 'Intel HEX：缺少文件结束记录；文件被截断了'],
  ['Intel HEX: the file has no data', 'Intel HEX：文件里没有数据'],
  ['Intel HEX, line {1}: a record begins with ":"', 'Intel HEX 第 {1} 行：记录应以“:”开头'],
  ['Intel HEX, line {1}: {2} characters cannot be a record', 'Intel HEX 第 {1} 行：{2} 个字符不成记录'],
  ['Intel HEX, line {1}: not a hexadecimal digit', 'Intel HEX 第 {1} 行：不是十六进制数字'],
  ['Intel HEX, line {1}: says {2} data octets and has {3}', 'Intel HEX 第 {1} 行：写着 {2} 个数据八位组，而有 {3} 个'],
  ['Intel HEX, line {1}: the checksum is wrong', 'Intel HEX 第 {1} 行：校验和不对'],
  [
    'ELF: {1} at 0x{2} is beyond the end of the file; it was cut short',
    'ELF：0x{2} 处的 {1} 超出文件末尾；文件被截断了',
  ],
  ['ELF: an AVR image is 32-bit and little-endian', 'ELF：AVR 的映像是 32 位、小端序'],
  [
    'ELF: the machine is {1}, not {2} (AVR). Build with avr-gcc',
    'ELF：机器代码是 {1}，不是 {2}（AVR）。请用 avr-gcc 构建',
  ],
  ['ELF: the program headers are too short', 'ELF：程序头太短'],
  ["ELF: segment {1} is beyond any AVR's flash", 'ELF：第 {1} 段超出任何 AVR 的闪存'],
  ["ELF: segment {1} is beyond any AVR's EEPROM", 'ELF：第 {1} 段超出任何 AVR 的 EEPROM'],
  [
    'ELF: no segment belongs into flash; is it an unlinked object file?',
    'ELF：没有一段属于闪存；是不是还没有链接的目标文件？',
  ],
  ['ELF: two segments load address 0x{1}', 'ELF：有两段都装到地址 0x{1}'],
  ['ELF: the section headers are too short', 'ELF：节头太短'],
  ['ELF: section {1} is a second symbol table', 'ELF：第 {1} 节是第二个符号表'],
  ['ELF: the symbol table names a string table that is not there', 'ELF：符号表所指的字符串表不存在'],
  ['ELF: the names of its symbols are longer together than the file', 'ELF：各符号的名字加起来比文件还长'],
  [
    'the image has octets up to 0x{1}; an {2} has {3} octets of flash. Was it built for another part?',
    '映像的八位组到 0x{1} 为止；{2} 的闪存有 {3} 个八位组。它是为别的器件构建的吗？',
  ],
  ['the image has EEPROM octets beyond the {1} of an {2}', '映像里 EEPROM 的八位组超出 {2} 的 {1} 个'],
]
