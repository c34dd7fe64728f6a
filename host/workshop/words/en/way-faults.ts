/** Faults of what stands between the board and the first whom it talks to, and what they can be told. */
export const WAY_FAULTS_EN = {
  'fault.box-drops': 'a box on the way loses frames',
  'fault.box-mangles': 'a box on the way changes bits, and puts a right FCS behind them',
  'fault.box-duplicates': 'a box on the way sends frames twice',
  'fault.box-delays': 'a box on the way holds frames back',
  'fault.box-reorders': 'frames overtake each other in a box on the way',
  'fault.firewall-only-syn': 'a firewall on the way lets nothing but a SYN through to the server',
  'fault.firewall-no-syn-ack': 'a firewall on the way lets no SYN-ACK back to the client',
  'fault.box-drops-large': 'a box on the way loses long frames',
  'fault.partner-no-arp': 'the partner answers no ARP',
  'fault.partner-no-ping': 'a packet filter on the partner lets no ping pass',
  'fault.partner-slow': 'the partner is busy and late',
  'fault.partner-other-network': 'the partner is on another IP network',
  'fault.address-taken': 'a third station has the board’s IP address',
  'fault.mac-taken': 'a third station has the board’s station address',

  'param.delay': 'delay',
  'param.octets': 'the longest that gets through',
}
