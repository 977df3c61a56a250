import './page-policy.js';
import { describeFailures } from './describe-failures.js';

describeFailures('payroc');
