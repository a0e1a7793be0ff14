// The specification's page needs no script: this entry brings its styles alone.
import '../theme/spec.css';
