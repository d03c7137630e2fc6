/// The dashboard as people use it: in a real Chromium, with mouse and keyboard, on the started
/// stack.
@NullMarked
package com.cluedin.jobs.browser;

import org.jspecify.annotations.NullMarked;
