package suiload.sui;

import io.dipcoin.sui.model.Response;
import io.dipcoin.sui.model.transaction.SuiTransactionBlockResponse;
import java.math.BigInteger;

/** Answers to calls that sui4j has no words for. Its reader fills them in by their setters. */
final class RpcAnswers {
    private RpcAnswers() {}

    static final class TransactionAnswer extends Response<TransactionBlock> {
        @Override
        public void setResult(TransactionBlock result) {
            super.setResult(result);
        }
    }

    /** A transaction with its effects as bytes, which sui4j's own lacks: only these hold every digest. */
    static final class TransactionBlock extends SuiTransactionBlockResponse {
        private int[] rawEffects;

        public void setRawEffects(int[] rawEffects) {
            this.rawEffects = rawEffects;
        }

        /** @throws IllegalArgumentException when they are absent, or no bytes */
        byte[] effectsBcs() {
            if (rawEffects == null) throw new IllegalArgumentException("the node left out rawEffects");
            byte[] bytes = new byte[rawEffects.length];
            for (int i = 0; i < bytes.length; i++) {
                if (rawEffects[i] < 0 || rawEffects[i] > 255) throw new IllegalArgumentException("rawEffects holds " + rawEffects[i]);
                bytes[i] = (byte) rawEffects[i];
            }
            return bytes;
        }
    }

    static final class CheckpointAnswer extends Response<CheckpointHead> {
        @Override
        public void setResult(CheckpointHead result) {
            super.setResult(result);
        }
    }

    static final class CheckpointHead {
        private String digest;
        private BigInteger epoch;

        public void setDigest(String digest) {
            this.digest = digest;
        }

        public void setEpoch(BigInteger epoch) {
            this.epoch = epoch;
        }

        String digest() {
            return digest;
        }

        BigInteger epoch() {
            return epoch;
        }
    }
}
