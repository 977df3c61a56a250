/** The public demo shop of micuentaweb, in the README files of Izipay's samples. */
export const sampleAccount = {
  shopId: '89289758',
  password: 'testpassword_7vAtvN49E8Ad6e6ihMqIOvOHC6QV5YKmIXgxisMm0V7Eq',
  publicKey: '89289758:testpublickey_TxzPjl9xKlhM0a6tfSVNilcLTOUZ0ndsTogGTByPUATcE',
  hashKey: 'fva7JZ2vSY7MhRuOPamu6U5HlpabAoEf8VmFHQupspnXB',
};
