import '../../failures/page-policy.js';
import { describeFailures } from '../../failures/describe-failures.js';

describeFailures('micuentaweb');
