// The pages that need no script: this entry brings their styles alone.
import '../theme/pages.css';
