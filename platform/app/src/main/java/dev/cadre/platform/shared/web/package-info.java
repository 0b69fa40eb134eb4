/** The conventions of every HTTP answer: problems, pages, revisions, limits. */
@NullMarked
package dev.cadre.platform.shared.web;

import org.jspecify.annotations.NullMarked;
