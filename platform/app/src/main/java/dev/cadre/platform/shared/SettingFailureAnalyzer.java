package dev.cadre.platform.shared;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a wrong setting as its sentence, without a stack trace. */
class SettingFailureAnalyzer extends AbstractFailureAnalyzer<SettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, SettingException cause) {
        return new FailureAnalysis(cause.getMessage(), null, cause);
    }
}
