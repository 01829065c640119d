"""The staff desk: every page behind `staff_only`, in the browser's language."""
